/** Three spans of a trace, offset like a wing. */
export function Brand({ size }: { size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      strokeWidth={3.2}
      strokeLinecap="round"
      className="stroke-accent"
      aria-hidden
    >
      <path d="M3 6h9" />
      <path d="M7 12h10" opacity={0.75} />
      <path d="M12 18h9" opacity={0.5} />
    </svg>
  );
}
