/** What went wrong with a form's last call; nothing where nothing did. */
export function Problem({ text }: { text: string | null }) {
  return (
    <p role="alert" className="whitespace-pre-wrap text-danger [overflow-wrap:anywhere] empty:hidden">
      {text}
    </p>
  );
}
