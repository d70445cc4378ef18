package dev.phoenix.server.auth.account;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Listed;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.CurrentPrincipal;
import dev.phoenix.server.auth.Principal;
import dev.phoenix.server.auth.Role;
import dev.phoenix.server.settings.AuthSettings;
import dev.phoenix.server.settings.AuthSettings.InitialAdmin;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;

/** Users over GraphQL. */
@Controller
class UserGraphQlController implements NodeSource {

    private final Accounts accounts;
    private final UserAdministration administration;
    private final LogoutOnPasswordChange logout;
    private final Set<String> managers;

    UserGraphQlController(
            Accounts accounts,
            UserAdministration administration,
            LogoutOnPasswordChange logout,
            AuthSettings settings) {
        this.accounts = accounts;
        this.administration = administration;
        this.logout = logout;
        this.managers =
                settings.admins().stream().map(InitialAdmin::email).collect(Collectors.toSet());
    }

    /** A role as a node; people choose among them. */
    record UserRole(String id, String name) {

        static final String TYPE = "UserRole";

        private static final List<Role> ALL =
                List.of(Role.SYSTEM, Role.ADMIN, Role.MEMBER, Role.VIEWER);

        static UserRole of(Role role) {
            return new UserRole(GlobalId.encode(TYPE, ALL.indexOf(role) + 1L), role.name());
        }
    }

    record CreateUser(
            String email,
            String username,
            @Nullable String password,
            Role role,
            @Nullable Boolean sendWelcomeEmail,
            @Nullable AuthMethod authMethod) {}

    record PatchUser(
            String userId,
            @Nullable Role newRole,
            @Nullable String newUsername,
            @Nullable String newPassword) {}

    record PatchViewer(
            @Nullable String newUsername,
            @Nullable String newPassword,
            @Nullable String currentPassword) {}

    record DeleteUsers(List<String> userIds) {}

    record UserPayload(User user) {}

    @QueryMapping
    Connection<User> users(
            @Argument int first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before) {
        ConnectionRange range = ConnectionRange.of(first, last, after, before);
        return range.connection(
                accounts.page(place(after), place(before), range.backwards(), range.limit())
                        .map(user -> new Listed<>(user, id(user))));
    }

    private static @Nullable Long place(@Nullable String cursor) {
        String given = Cursor.given(cursor);
        return given == null ? null : Cursor.key(given);
    }

    @QueryMapping
    List<UserRole> userRoles() {
        return UserRole.ALL.stream().map(UserRole::of).toList();
    }

    @QueryMapping
    @Nullable User viewer(DataFetchingEnvironment environment) {
        Long id = CurrentPrincipal.of(environment).userId();
        return id == null ? null : accounts.find(id).orElse(null);
    }

    @MutationMapping
    UserPayload createUser(@Argument CreateUser input, DataFetchingEnvironment environment) {
        var wanted =
                new UserAdministration.Wanted(
                        Objects.requireNonNullElse(input.authMethod(), AuthMethod.LOCAL),
                        input.role(),
                        input.username(),
                        input.email(),
                        input.password(),
                        null,
                        null);
        return new UserPayload(
                administration.create(
                        Caller.of(environment),
                        wanted,
                        Boolean.TRUE.equals(input.sendWelcomeEmail())));
    }

    @MutationMapping
    UserPayload patchUser(@Argument PatchUser input, DataFetchingEnvironment environment) {
        return new UserPayload(
                administration.patch(
                        Caller.of(environment),
                        key(input.userId()),
                        input.newRole(),
                        input.newUsername(),
                        input.newPassword()));
    }

    @MutationMapping
    UserPayload patchViewer(@Argument PatchViewer input, DataFetchingEnvironment environment) {
        User changed =
                administration.patchSelf(
                        Caller.of(environment),
                        input.newUsername(),
                        input.newPassword(),
                        input.currentPassword());
        if (input.newPassword() != null) {
            logout.clearCookies(environment);
        }
        return new UserPayload(changed);
    }

    @MutationMapping
    DeleteUsers deleteUsers(@Argument DeleteUsers input, DataFetchingEnvironment environment) {
        administration.delete(
                Caller.of(environment),
                input.userIds().stream().map(UserGraphQlController::key).toList());
        return input;
    }

    @SchemaMapping
    String id(User user) {
        return GlobalId.encode(User.TYPE, user.id());
    }

    @SchemaMapping
    UserRole role(User user) {
        return UserRole.of(user.role());
    }

    /** Whoever set the server up gets a link to where it is hosted. */
    @SchemaMapping
    boolean isManagementUser(User user) {
        return user.isDefaultAdmin() || (user.email() != null && managers.contains(user.email()));
    }

    @Bean
    static NodeSource userRoleNodes() {
        return new NodeSource() {
            @Override
            public String type() {
                return UserRole.TYPE;
            }

            @Override
            public @Nullable Object find(long key) {
                return key < 1 || key > UserRole.ALL.size()
                        ? null
                        : UserRole.of(UserRole.ALL.get((int) key - 1));
            }
        };
    }

    @Override
    public String type() {
        return User.TYPE;
    }

    @Override
    public @Nullable Object find(long key) {
        return accounts.find(key).orElse(null);
    }

    /** Oneself; admins find everybody. */
    @Override
    public @Nullable Object find(long key, DataFetchingEnvironment environment) {
        Principal principal = CurrentPrincipal.of(environment);
        if (!principal.isAdmin() && !principal.is(key)) {
            throw new ApiException(HttpStatus.FORBIDDEN, "only admins can look up other users");
        }
        return find(key);
    }

    private static long key(String id) {
        return GlobalId.keyOf(User.TYPE, id)
                .orElseThrow(() -> ApiException.badRequest("no User has the id " + id));
    }
}
