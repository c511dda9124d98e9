// The frame of every page about the root certificate: Ferry's sign over what the page has to say. Knows no
// certificates.
import { type Html, html } from './html.ts';

interface Framed {
  title: string;
  body: Html;
}

export function frame({ title, body }: Framed): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="theme-color" content="#f3f6f5" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0c1312" media="(prefers-color-scheme: dark)">
<title>${title} · Ferry</title>
<link rel="icon" type="image/svg+xml" href="/trust/mark.svg">
<link rel="stylesheet" href="/trust/trust.css">
</head>
<body>
<header><img src="/trust/mark.svg" alt="" width="32" height="32">Ferry</header>
<main>
${body}
</main>
</body>
</html>
`.text;
}
