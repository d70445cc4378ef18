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
  notifications: "Notifications",
  copy: "Copy",
  clearSearch: "Clear search",
  hide: (what: string) => `Hide: ${what}`,
  show: (what: string) => `Show: ${what}`,
  never: "Never",
};
