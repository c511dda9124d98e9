import { beforeEach, expect, test, vi } from 'vitest';
import { LateOrders } from './late-orders.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  return () => void vi.useRealTimers();
});

const order = vi.fn();
beforeEach(() => void order.mockClear());

test('it begins when nobody has written for a moment', () => {
  const orders = new LateOrders(order);
  orders.want();
  for (let times = 0; times < 20; times++) {
    vi.advanceTimersByTime(200);
    orders.wait();
  }
  expect(order).not.toHaveBeenCalled();
  vi.advanceTimersByTime(300);
  expect(order).toHaveBeenCalledOnce();
});

test('where somebody always writes it begins all the same', () => {
  const orders = new LateOrders(order);
  orders.want();
  for (let passedMs = 0; passedMs < 31_000; passedMs += 100) {
    vi.advanceTimersByTime(100);
    orders.wait();
  }
  expect(order).toHaveBeenCalledOnce();
});

test('it does not begin without something to order, nor after the end', () => {
  const orders = new LateOrders(order);
  orders.wait();
  vi.advanceTimersByTime(60_000);
  orders.want();
  orders.close();
  orders.wait();
  vi.advanceTimersByTime(60_000);
  expect(order).not.toHaveBeenCalled();
});

test('what is wanted while it orders is ordered afterwards', () => {
  const orders = new LateOrders(order);
  orders.want();
  vi.advanceTimersByTime(300);
  orders.want();
  vi.advanceTimersByTime(300);
  expect(order).toHaveBeenCalledTimes(2);
});
