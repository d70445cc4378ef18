import type { ListedProject } from "./ProjectList";

/** The two colours a person gave the project. */
export function ProjectDot({
  project,
  size = 28,
}: {
  project: Pick<ListedProject, "gradientStartColor" | "gradientEndColor">;
  size?: number;
}) {
  return (
    <span
      aria-hidden
      className="inline-block shrink-0 rounded-pill"
      style={{
        width: size,
        height: size,
        backgroundImage: `linear-gradient(135deg, ${project.gradientStartColor}, ${project.gradientEndColor})`,
      }}
    />
  );
}
