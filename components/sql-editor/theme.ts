import { hexColour } from './hex-colour';
import { monaco } from './monaco';

const name = 'howdah';

/** Keeps Monaco in the app's colours, also when `data-theme` changes. Returns what stops that. */
export function followTheme(): () => void {
  applyTheme();
  const observer = new MutationObserver(applyTheme);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function applyTheme() {
  const isDark = document.documentElement.dataset.theme === 'dark';
  const colour = tokenReader();
  const rule = (token: string, from: string) => ({ token, foreground: colour(from).slice(1) });
  monaco.editor.defineTheme(name, {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', '--ink'),
      rule('keyword', '--accent'),
      rule('operator', '--ink-soft'),
      rule('delimiter', '--ink-soft'),
      rule('predefined', '--accent-strong'),
      rule('string', '--success'),
      rule('number', '--warning'),
      { ...rule('comment', '--ink-faint'), fontStyle: 'italic' },
    ],
    colors: {
      'editor.background': colour('--surface'),
      'editor.foreground': colour('--ink'),
      'editorLineNumber.foreground': colour('--ink-faint'),
      'editorLineNumber.activeForeground': colour('--ink'),
      'editorCursor.foreground': colour('--accent'),
      'editor.selectionBackground': `${colour('--accent')}40`,
      'editor.inactiveSelectionBackground': `${colour('--accent')}26`,
      'editor.lineHighlightBorder': '#00000000',
      'editor.lineHighlightBackground': colour('--sunken'),
      'editor.placeholder.foreground': colour('--ink-faint'),
      'editorBracketHighlight.foreground1': colour('--ink-soft'),
      'editorBracketHighlight.foreground2': colour('--ink-soft'),
      'editorBracketHighlight.foreground3': colour('--ink-soft'),
      'editorBracketHighlight.unexpectedBracket.foreground': colour('--danger'),
      'editorError.foreground': colour('--danger'),
      'editorWidget.background': colour('--raised'),
      'editorWidget.border': colour('--line'),
      'editorSuggestWidget.selectedBackground': colour('--accent-soft'),
      'editorSuggestWidget.selectedForeground': colour('--ink'),
      'editorSuggestWidget.highlightForeground': colour('--accent'),
      'editorSuggestWidget.focusHighlightForeground': colour('--accent'),
      focusBorder: colour('--focus'),
    },
  });
  monaco.editor.setTheme(name);
}

/** Reads tokens as the browser computes them, however the style sheet was minified. */
function tokenReader(): (token: string) => string {
  const style = getComputedStyle(document.documentElement);
  return (token) => hexColour(style.getPropertyValue(token).trim());
}
