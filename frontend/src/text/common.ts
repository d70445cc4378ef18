import { plural } from "../lib/format";

/** Words that more than one page says. */
export const common = {
  cancel: "Cancel",
  close: "Close",
  create: "Create",
  delete: "Delete",
  save: "Save",
  undo: "Undo",
  dismiss: "Dismiss",
  retry: "Retry",
  reload: "Reload",
  notifications: "Notifications",
  copy: "Copy",
  clearSearch: "Clear search",
  hide: (what: string) => `Hide: ${what}`,
  show: (what: string) => `Show: ${what}`,
  never: "Never",
  copied: "Copied",
  copyOf: (what: string) => `Copy ${what}`,
  choices: "Choices",
  showLess: "Show less",
  showAll: (size: string) => `Show all (${size})`,
  showRest: "Show all",
  empty: "Empty",
  code: "code",
  image: (of: string) => `[image: ${of}]`,
};

export const jsonText = {
  fold: (isOpen: boolean, key: string | null) => `${isOpen ? "Fold" : "Unfold"} ${key ?? "value"}`,
  size: (count: number, isList: boolean) => plural(count, isList ? "item" : "key"),
};
