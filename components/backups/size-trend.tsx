const width = 64;
const height = 16;

/** How the size of a database's backups went: a small line, oldest first, from nothing to the largest. */
export function SizeTrend({ sizes }: { sizes: readonly number[] }) {
  if (sizes.length < 2) return null;
  const most = Math.max(1, ...sizes);
  const points = sizes
    .map(
      (size, at) =>
        `${((at * width) / (sizes.length - 1)).toFixed(1)},${(height - (size / most) * height).toFixed(1)}`,
    )
    .join(' ');
  return (
    <svg
      viewBox={`0 -1 ${width} ${height + 2}`}
      width={width}
      height={height + 2}
      role="img"
      aria-label={`Size of the last ${sizes.length} backups`}
      className="text-accent"
    >
      <polyline points={points} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
