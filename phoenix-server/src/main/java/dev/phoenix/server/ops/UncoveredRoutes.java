package dev.phoenix.server.ops;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Keeps programs from being given the web interface's page where they asked for something that does
 * not exist, or that cannot be read.
 */
@Hidden
@RestController
class UncoveredRoutes {

    private final ObjectProvider<RequestMappingHandlerMapping> routes;

    UncoveredRoutes(
            @Qualifier("requestMappingHandlerMapping")
                    ObjectProvider<RequestMappingHandlerMapping> routes) {
        this.routes = routes;
    }

    @GetMapping({"/v1/**", "/.well-known/**"})
    ResponseEntity<String> refuse(HttpServletRequest request) {
        Set<String> methods = methods(ServletRequestPathUtils.getParsedRequestPath(request));
        return methods.isEmpty()
                ? text(HttpStatus.NOT_FOUND).body("Not Found")
                : text(HttpStatus.METHOD_NOT_ALLOWED)
                        .header(HttpHeaders.ALLOW, String.join(", ", methods))
                        .body("Method Not Allowed");
    }

    /** With which the path can be asked for; GET is not among them, or it would have been heard. */
    private Set<String> methods(PathContainer path) {
        Set<String> methods = new TreeSet<>();
        for (RequestMappingInfo route : routes.getObject().getHandlerMethods().keySet()) {
            boolean isHere =
                    route.getPathPatternsCondition() != null
                            && route.getPathPatternsCondition().getPatterns().stream()
                                    .anyMatch(pattern -> pattern.matches(path));
            if (isHere) {
                route.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> methods.add(method.name()));
            }
        }
        methods.remove("GET");
        return methods;
    }

    private static ResponseEntity.BodyBuilder text(HttpStatus status) {
        return ResponseEntity.status(status).contentType(HealthController.TEXT);
    }
}
