package dev.phoenix.server.auth.account;

import graphql.schema.DataFetchingEnvironment;

/** Makes the browser forget the session that a new password has ended. */
@FunctionalInterface
public interface LogoutOnPasswordChange {

    void clearCookies(DataFetchingEnvironment environment);
}
