import { ListFilter, Users } from "lucide-react";
import { annotationColumnsText as text } from "../../../text/annotationColumns";
import { IconButton } from "../../../ui/Button";
import { Menu, MenuActions, MenuChoices } from "../../../ui/Menu";
import type { Grain } from "../../filter/model/vocabulary";
import { useAddCondition } from "../../filter/useAddCondition";
import { annotatedBy } from "./annotatedBy";
import { ANNOTATOR_KINDS, useAnnotatorKinds } from "./useAnnotatorKinds";

/** Whose annotations count in the columns, and rows by who annotated them. */
export function AnnotatorMenu({ grain, names }: { grain: Grain; names: readonly string[] }) {
  const [kinds, setKinds] = useAnnotatorKinds();
  const add = useAddCondition(grain);
  const selected = kinds.size === 0 ? [...ANNOTATOR_KINDS] : [...kinds];
  const chosen = [...kinds].map((kind) => text.kinds[kind]).join(", ");
  const conditions = ANNOTATOR_KINDS.flatMap((kind) => {
    const condition = annotatedBy(grain, kind, names);
    return condition ? [{ kind, condition }] : [];
  });
  return (
    <Menu
      label={text.filter}
      trigger={
        <IconButton
          label={kinds.size === 0 ? text.filter : text.filterSome(chosen)}
          icon={<Users size={15} className={kinds.size > 0 ? "text-accent" : undefined} />}
        />
      }
    >
      <MenuChoices
        title={text.filter}
        mode="multiple"
        choices={ANNOTATOR_KINDS.map((id) => ({ id, label: text.kinds[id] ?? id }))}
        selected={selected}
        onChange={setKinds}
      />
      {conditions.length > 0 && (
        <MenuActions
          title={text.onlyRowsBy}
          actions={conditions.map(({ kind, condition }) => ({
            id: `rows-${kind}`,
            label: text.kinds[kind] ?? kind,
            icon: <ListFilter size={14} />,
            run: () => add(condition),
          }))}
        />
      )}
    </Menu>
  );
}
