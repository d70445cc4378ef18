package dev.phoenix.server.auth.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Cursor;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.InvalidBody;
import dev.phoenix.server.api.StrictJson;
import dev.phoenix.server.api.ValidationError;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.auth.CurrentPrincipal;
import dev.phoenix.server.auth.account.UserItem.AnonymousUser;
import dev.phoenix.server.auth.account.UserItem.LdapUser;
import dev.phoenix.server.auth.account.UserItem.LocalUser;
import dev.phoenix.server.auth.account.UserItem.OAuth2User;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.Positive;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Users over REST. */
@RestController
@Tag(name = "users")
class UserRestController {

    private static final int LARGEST_PAGE = 1000;

    private final Accounts accounts;
    private final UserAdministration administration;
    private final StrictJson json;

    UserRestController(Accounts accounts, UserAdministration administration, StrictJson json) {
        this.accounts = accounts;
        this.administration = administration;
        this.json = json;
    }

    @Schema(requiredProperties = "data")
    record GetViewerResponseBody(
            @Schema(
                            oneOf = {
                                LocalUser.class,
                                OAuth2User.class,
                                LdapUser.class,
                                AnonymousUser.class
                            })
                    Object data) {}

    @Schema(requiredProperties = {"data", "next_cursor"})
    record GetUsersResponseBody(
            @ArraySchema(
                            schema =
                                    @Schema(
                                            oneOf = {
                                                LocalUser.class,
                                                OAuth2User.class,
                                                LdapUser.class
                                            }))
                    List<Object> data,
            @JsonProperty("next_cursor") @Nullable String nextCursor) {}

    @Schema(requiredProperties = "data")
    record CreateUserResponseBody(
            @Schema(oneOf = {LocalUser.class, OAuth2User.class, LdapUser.class}) Object data) {}

    @GetMapping("/v1/user")
    GetViewerResponseBody getViewer(HttpServletRequest request) {
        Long id = CurrentPrincipal.of(request).userId();
        return new GetViewerResponseBody(
                id == null
                        ? AnonymousUser.INSTANCE
                        : accounts.find(id)
                                .map(UserItem::of)
                                .orElseThrow(() -> ApiException.notFound("User not found")));
    }

    @GetMapping("/v1/users")
    GetUsersResponseBody getUsers(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") @Positive int limit) {
        String given = Cursor.given(cursor);
        Long from = given == null ? null : (Long) Cursor.key(given);
        var page = accounts.page(from, Math.min(limit, LARGEST_PAGE));
        return new GetUsersResponseBody(
                page.rows().stream().map(UserItem::of).toList(),
                page.firstOfNext(user -> GlobalId.encode(User.TYPE, user.id())));
    }

    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = NewUserBody.Documented.class)))
    @PostMapping("/v1/users")
    @ResponseStatus(HttpStatus.CREATED)
    CreateUserResponseBody createUser(HttpServletRequest request) {
        JsonNode body = json.read(request);
        UserAdministration.Wanted wanted = NewUserBody.read(body);
        JsonNode welcome = body.path("send_welcome_email");
        if (!welcome.isMissingNode() && !welcome.isBoolean()) {
            throw new InvalidBody(
                    List.of(
                            ValidationError.of(
                                    "bool_type",
                                    List.of("body", "send_welcome_email"),
                                    "Input should be a valid boolean")));
        }
        return new CreateUserResponseBody(
                UserItem.of(
                        administration.create(
                                Caller.of(request), wanted, welcome.asBoolean(true))));
    }

    @DeleteMapping("/v1/users/{user_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteUser(@PathVariable("user_id") String userId, HttpServletRequest request) {
        OptionalLong id = GlobalId.keyOf(User.TYPE, userId);
        administration.deleteOne(
                Caller.of(request),
                id.orElseThrow(
                        () ->
                                ApiException.unprocessable(
                                        "user_id must be the id of a User, was " + userId)));
    }
}
