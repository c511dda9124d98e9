// Applies the chosen theme before the first paint. A file of its own because the page's Content-Security-Policy
// allows no inline script; a classic script because modules run too late for that.
{
  const theme = localStorage.getItem('ferry.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
}
