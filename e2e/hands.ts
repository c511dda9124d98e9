// What hands do beyond clicking: files dropped and pasted, as the browser would report it. Knows no view.
import type { Locator, Page } from '@playwright/test';

/** Drops text files, made in the page, on an element. */
export async function dropFiles(target: Locator, files: Record<string, string>): Promise<void> {
  const dataTransfer = await target.page().evaluateHandle((contents) => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(contents)) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await target.dispatchEvent('dragenter', { dataTransfer });
  await target.dispatchEvent('dragover', { dataTransfer });
  await target.dispatchEvent('drop', { dataTransfer });
}

/** Pastes text, or a file, onto the page. */
export async function paste(page: Page, what: { text: string } | { fileName: string; content: string }): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    if ('text' in pasted) clipboardData.setData('text/plain', pasted.text);
    else clipboardData.items.add(new File([pasted.content], pasted.fileName));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, what);
}
