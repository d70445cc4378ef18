/** The pages around logging in, loaded by those who are not. */
export { ForgotPasswordPage } from "./access/ForgotPasswordPage";
export { LoggedOutPage } from "./access/LoggedOutPage";
export { LoginPage } from "./access/LoginPage";
export { ResetPasswordPage } from "./access/ResetPasswordPage";
export { ResetWithTokenPage } from "./access/ResetWithTokenPage";
