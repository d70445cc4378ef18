/** One's own pages, loaded when they are first opened. */
export { AccountPage } from "./profile/AccountPage";
export { ApiKeysPage } from "./profile/ApiKeysPage";
export { PreferencesPage } from "./profile/PreferencesPage";
export { ProfilePage } from "./profile/ProfilePage";
