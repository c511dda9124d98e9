// How a page fares while something happens to it: how long it did not answer, how many frames it drew, and how much of
// each its main thread worked. Measured inside the page; knows no view.
import type { Page } from '@playwright/test';

export interface FrameReading {
  frames: number;
  framesPerSecond: number;
  /** The longest time without a frame. */
  longestGapMs: number;
  /** The longest that one task held the main thread; 0 when none did for 50 ms. */
  longestTaskMs: number;
  /** Work of the main thread in a frame, from its beginning until it is handed on to be drawn. */
  medianWorkMs: number;
  p95WorkMs: number;
}

export class FrameMeter {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** @param scrollByPx the page is scrolled so far with every frame */
  static async start(page: Page, { scrollByPx = 0 } = {}): Promise<FrameMeter> {
    await page.evaluate((px) => {
      const state = { isRunning: true, gapsMs: [] as number[], worksMs: [] as number[], longestTaskMs: 0, startMs: 0 };
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) state.longestTaskMs = Math.max(state.longestTaskMs, duration);
      });
      observer.observe({ type: 'longtask' });
      const afterFrame = new MessageChannel();
      let beganMs = 0;
      let lastMs = performance.now();
      state.startMs = lastMs;
      // Comes after style, layout and paint of the frame.
      afterFrame.port1.onmessage = () => state.worksMs.push(performance.now() - beganMs);
      const frame = (nowMs: number) => {
        if (!state.isRunning) return observer.disconnect();
        beganMs = performance.now();
        state.gapsMs.push(nowMs - lastMs);
        lastMs = nowMs;
        if (px !== 0) window.scrollBy({ top: px, behavior: 'instant' });
        afterFrame.port2.postMessage(null);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      Object.assign(window, { frameMeter: state });
    }, scrollByPx);
    return new FrameMeter(page);
  }

  async stop(): Promise<FrameReading> {
    const { gapsMs, worksMs, longestTaskMs, seconds } = await this.#page.evaluate(() => {
      const { frameMeter: state } = window as unknown as {
        frameMeter: {
          isRunning: boolean;
          gapsMs: number[];
          worksMs: number[];
          longestTaskMs: number;
          startMs: number;
        };
      };
      state.isRunning = false;
      return { ...state, seconds: (performance.now() - state.startMs) / 1000 };
    });
    const works = worksMs.toSorted((a, b) => a - b);
    const at = (part: number) => works[Math.min(works.length - 1, Math.floor(works.length * part))] ?? 0;
    return {
      frames: gapsMs.length,
      framesPerSecond: gapsMs.length / seconds,
      longestGapMs: Math.max(0, ...gapsMs),
      longestTaskMs,
      medianWorkMs: at(0.5),
      p95WorkMs: at(0.95),
    };
  }
}
