/** The mark: a canopied seat on a back. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={className}
    >
      <path d="M2.5 5.5C4.5 4.6 6.6 3.4 8 1.8c1.4 1.6 3.5 2.8 5.5 3.7" />
      <path d="M4.5 5.5v4M11.5 5.5v4M3.5 9.5h9" />
      <path d="M1.5 14.2c1.6-2 4-3 6.5-3s4.9 1 6.5 3" />
    </svg>
  );
}
