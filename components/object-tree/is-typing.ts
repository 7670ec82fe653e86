/** Whether a key goes to a field, a dialog or a menu, and so not to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  const element = event.target;
  if (!(element instanceof HTMLElement)) return false;
  const takers = 'input, textarea, select, [role="textbox"], [role="dialog"], [role="menu"]';
  return element.isContentEditable || element.closest(takers) !== null;
}
