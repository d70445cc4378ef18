import { Eye, EyeOff } from "lucide-react";
import { useState, type ReactNode, type Ref } from "react";
import {
  Button,
  FieldError,
  Input,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps,
} from "react-aria-components";
import { cx } from "../lib/cx";
import { common } from "../text/common";

export const inputLook =
  "h-8 w-full rounded-control border border-line-strong bg-surface px-2.5 text-body text-ink placeholder:text-ink-3 hover:border-control focus:border-accent focus:outline-1 focus:-outline-offset-1 focus:outline-accent data-[invalid]:border-danger data-[disabled]:text-ink-3";

type FieldProps = Omit<TextFieldProps, "className" | "children" | "onChange" | "value"> & {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Below the field, until there is an error. */
  note?: ReactNode;
  /** What is wrong, or undefined. */
  error?: string | undefined;
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
};

export function TextField({ label, note, error, placeholder, inputRef, ...props }: FieldProps) {
  return (
    <AriaTextField {...props} isInvalid={error !== undefined} className="flex flex-col gap-1">
      <Label className={labelLook}>{label}</Label>
      <Input ref={inputRef} placeholder={placeholder} className={inputLook} />
      <Below note={note} error={error} />
    </AriaTextField>
  );
}

/** Shows what was typed when asked to. */
export function PasswordField({ label, note, error, inputRef, ...props }: FieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <AriaTextField
      {...props}
      type={isShown ? "text" : "password"}
      isInvalid={error !== undefined}
      className="flex flex-col gap-1"
    >
      <Label className={labelLook}>{label}</Label>
      <div className="relative">
        <Input ref={inputRef} className={cx(inputLook, "pr-9")} />
        <Button
          aria-label={isShown ? common.hide(label) : common.show(label)}
          onPress={() => setShown(!isShown)}
          className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-control text-ink-3 hovered:bg-hover hovered:text-ink"
        >
          {isShown ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
        </Button>
      </div>
      <Below note={note} error={error} />
    </AriaTextField>
  );
}

export function TextArea({ label, note, error, placeholder, rows = 3, ...props }: FieldProps & { rows?: number }) {
  return (
    <AriaTextField {...props} isInvalid={error !== undefined} className="flex flex-col gap-1">
      <Label className={labelLook}>{label}</Label>
      <AriaTextArea rows={rows} placeholder={placeholder} className={cx(inputLook, "h-auto resize-y py-1.5")} />
      <Below note={note} error={error} />
    </AriaTextField>
  );
}

export const labelLook = "text-meta font-medium text-ink-2";

function Below({ note, error }: { note?: ReactNode; error?: string | undefined }) {
  return (
    <>
      {note && !error && (
        <Text slot="description" className="text-meta text-ink-3">
          {note}
        </Text>
      )}
      <FieldError className="text-meta text-danger">{error}</FieldError>
    </>
  );
}
