import { Users } from "lucide-react";
import { annotationColumnsText } from "../../../text/annotationColumns";
import { IconButton } from "../../../ui/Button";
import { Menu, MenuChoices } from "../../../ui/Menu";
import { ANNOTATOR_KINDS, useAnnotatorKinds } from "./useAnnotatorKinds";

/** Whose annotations count in the columns. */
export function AnnotatorMenu() {
  const [kinds, setKinds] = useAnnotatorKinds();
  const selected = kinds.size === 0 ? [...ANNOTATOR_KINDS] : [...kinds];
  const names = [...kinds].map((kind) => annotationColumnsText.kinds[kind]).join(", ");
  return (
    <Menu
      label={annotationColumnsText.filter}
      trigger={
        <IconButton
          label={kinds.size === 0 ? annotationColumnsText.filter : annotationColumnsText.filterSome(names)}
          icon={<Users size={15} className={kinds.size > 0 ? "text-accent" : undefined} />}
        />
      }
    >
      <MenuChoices
        title={annotationColumnsText.filter}
        mode="multiple"
        choices={ANNOTATOR_KINDS.map((id) => ({ id, label: annotationColumnsText.kinds[id] ?? id }))}
        selected={selected}
        onChange={setKinds}
      />
    </Menu>
  );
}
