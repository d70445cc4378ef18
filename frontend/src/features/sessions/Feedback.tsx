import { ThumbsDown, ThumbsUp } from "lucide-react";
import { usePermissions } from "../../lib/viewer";
import { sessionsText } from "../../text/sessions";
import { IconToggle } from "../../ui/Button";
import type { Annotate } from "../annotations/useAnnotate";

/** The name under which the field keeps what people think of an answer. */
const NAME = "user_feedback";

const thumbs = [
  { score: 1, stored: "positive", icon: ThumbsUp, say: sessionsText.goodAnswer },
  { score: 0, stored: "negative", icon: ThumbsDown, say: sessionsText.badAnswer },
] as const;

/** One press says whether an answer was good; the same press takes it back. */
export function Feedback({ annotate, index }: { annotate: Annotate; index: number }) {
  const { canWrite } = usePermissions();
  if (!canWrite) return null;
  const own = annotate.own(NAME);
  return thumbs.map(({ score, stored, icon: Icon, say }) => (
    <IconToggle
      key={stored}
      label={say(index)}
      size="small"
      icon={<Icon size={13} />}
      isSelected={own?.score === score}
      onChange={(isChosen) => {
        if (isChosen) void annotate.set({ name: NAME, label: stored, score, explanation: own?.explanation ?? null });
        else if (own) void annotate.remove(own);
      }}
    />
  ));
}
