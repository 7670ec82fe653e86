/**
 * Runs before first paint: takes the user's own choice from `data-choice` on <html>, where the server has written it, keeps
 * it in localStorage, and sets `data-theme` (`light`, `dark`, else the system's); sets it again when the system, another tab
 * or useTheme() changes it. Put it inline, with the page's nonce.
 */
export const themeScript = `(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = document.documentElement.dataset.choice;
  try { if (chosen) localStorage.setItem('howdah-theme', chosen); } catch {}
  const apply = () => {
    let theme = chosen;
    try { theme = localStorage.getItem('howdah-theme'); } catch {}
    if (theme !== 'light' && theme !== 'dark') theme = system.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = theme;
  };
  apply();
  system.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('howdah-stored', apply);
})();`;
