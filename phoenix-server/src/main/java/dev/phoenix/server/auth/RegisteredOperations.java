package dev.phoenix.server.auth;

import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import io.grpc.BindableService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Everything a caller of the running server can ask for. */
final class RegisteredOperations {

    private RegisteredOperations() {}

    static List<Operation> of(ListableBeanFactory beans) {
        List<Operation> operations = new ArrayList<>();
        for (HandlerMapping mapping : beans.getBeansOfType(HandlerMapping.class).values()) {
            http(mapping).forEach(operations::add);
        }
        beans.getBeansOfType(BindableService.class).values().stream()
                .flatMap(service -> service.bindService().getMethods().stream())
                .map(method -> Operation.grpc(method.getMethodDescriptor().getFullMethodName()))
                .forEach(operations::add);
        graphQl(beans.getBean(GraphQlSource.class).schema()).forEach(operations::add);
        return operations.stream().distinct().toList();
    }

    private static Stream<Operation> http(HandlerMapping mapping) {
        return switch (mapping) {
            case RequestMappingInfoHandlerMapping methods ->
                    methods.getHandlerMethods().keySet().stream()
                            .flatMap(RegisteredOperations::http);
            case AbstractUrlHandlerMapping urls ->
                    urls.getHandlerMap().keySet().stream().map(path -> Operation.http("*", path));
            case RouterFunctionMapping functions when functions.getRouterFunction() == null ->
                    Stream.empty();
            default -> Stream.of(Operation.http("*", "of " + mapping.getClass().getName()));
        };
    }

    private static Stream<Operation> http(RequestMappingInfo mapping) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        return mapping.getPatternValues().stream()
                .flatMap(
                        path ->
                                methods.isEmpty()
                                        ? Stream.of(Operation.http("*", path))
                                        : methods.stream()
                                                .map(
                                                        method ->
                                                                Operation.http(
                                                                        method.name(), path)));
    }

    private static Stream<Operation> graphQl(GraphQLSchema schema) {
        Stream<Operation> types =
                schema.getAllTypesAsList().stream()
                        .filter(RegisteredOperations::isOutput)
                        .map(type -> Operation.type(type.getName()));
        return Stream.concat(
                types,
                Stream.of(
                                schema.getQueryType(),
                                schema.getMutationType(),
                                schema.getSubscriptionType())
                        .flatMap(RegisteredOperations::fields));
    }

    private static boolean isOutput(GraphQLNamedType type) {
        boolean composite =
                type instanceof GraphQLObjectType
                        || type instanceof GraphQLInterfaceType
                        || type instanceof GraphQLUnionType;
        return composite && !type.getName().startsWith("__");
    }

    private static Stream<Operation> fields(@Nullable GraphQLObjectType root) {
        return root == null
                ? Stream.empty()
                : root.getFieldDefinitions().stream()
                        .map(field -> Operation.field(root.getName(), field.getName()));
    }
}
