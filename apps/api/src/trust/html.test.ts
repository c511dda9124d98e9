import { expect, test } from 'vitest';
import { html } from './html.ts';

test('what is put in is text', () => {
  const text = `<img src=x onerror="alert('&')">`;
  expect(html`<p title="${text}">${text}</p>`.text).not.toMatch(/<img|"alert|&'/);
  expect(html`<p>${'a & b'}</p>`.text).toBe('<p>a &amp; b</p>');
});

test('HTML stays HTML, alone and in lists', () => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
  expect(html`<ul>${items}</ul>`.text).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>');
});
