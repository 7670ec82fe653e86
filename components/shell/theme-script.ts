/**
 * Runs before first paint: sets `data-theme` on <html> from localStorage (`light`, `dark`, else the system's),
 * and again when the system, another tab or useTheme() changes it. Put it inline, with the page's nonce.
 */
export const themeScript = `(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    let theme = null;
    try { theme = localStorage.getItem('howdah-theme'); } catch {}
    if (theme !== 'light' && theme !== 'dark') theme = system.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = theme;
  };
  apply();
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('howdah-stored', apply);
})();`;
