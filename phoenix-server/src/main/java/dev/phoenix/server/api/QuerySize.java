package dev.phoenix.server.api;

import graphql.execution.ExecutionContext;
import graphql.introspection.Introspection;
import graphql.language.Argument;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.IntValue;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.InputValueWithState;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How deep, how aliased and how costly a query is. Each fragment is measured once: measuring it
 * wherever it is spread would take exponential time for fragments that spread fragments.
 */
record QuerySize(int depth, long aliases, double exactCost) {

    private static final QuerySize NOTHING = new QuerySize(0, 0, 0);

    static QuerySize of(ExecutionContext query) {
        return new Measure(query).operation();
    }

    long cost() {
        return (long) Math.min(exactCost, Long.MAX_VALUE);
    }

    private QuerySize beside(QuerySize other) {
        return new QuerySize(
                Math.max(depth, other.depth), aliases + other.aliases, exactCost + other.exactCost);
    }

    private static final class Measure {

        private final ExecutionContext query;
        private final Map<String, QuerySize> fragments = new HashMap<>();

        Measure(ExecutionContext query) {
            this.query = query;
        }

        QuerySize operation() {
            var operation = query.getOperationDefinition();
            var schema = query.getGraphQLSchema();
            GraphQLCompositeType root =
                    switch (operation.getOperation()) {
                        case QUERY -> schema.getQueryType();
                        case MUTATION -> Objects.requireNonNull(schema.getMutationType());
                        case SUBSCRIPTION -> Objects.requireNonNull(schema.getSubscriptionType());
                    };
            return selections(operation.getSelectionSet(), root);
        }

        private QuerySize selections(SelectionSet selections, GraphQLCompositeType parent) {
            QuerySize total = NOTHING;
            for (Selection<?> selection : selections.getSelections()) {
                total =
                        total.beside(
                                switch (selection) {
                                    case Field field -> field(field, parent);
                                    case InlineFragment fragment ->
                                            selections(
                                                    fragment.getSelectionSet(),
                                                    type(fragment.getTypeCondition(), parent));
                                    case FragmentSpread spread -> fragment(spread.getName());
                                    default ->
                                            throw new IllegalStateException(selection.toString());
                                });
            }
            return total;
        }

        private QuerySize fragment(String name) {
            QuerySize known = fragments.get(name);
            if (known == null) {
                FragmentDefinition fragment = Objects.requireNonNull(query.getFragment(name));
                var type =
                        (GraphQLCompositeType)
                                query.getGraphQLSchema()
                                        .getType(fragment.getTypeCondition().getName());
                known = selections(fragment.getSelectionSet(), Objects.requireNonNull(type));
                fragments.put(name, known);
            }
            return known;
        }

        private QuerySize field(Field field, GraphQLCompositeType parent) {
            GraphQLFieldDefinition definition =
                    Introspection.getFieldDef(query.getGraphQLSchema(), parent, field.getName());
            QuerySize below =
                    field.getSelectionSet() != null
                                    && GraphQLTypeUtil.unwrapAll(definition.getType())
                                            instanceof GraphQLCompositeType type
                            ? selections(field.getSelectionSet(), type)
                            : NOTHING;
            return new QuerySize(
                    below.depth + 1,
                    below.aliases + (field.getAlias() == null ? 0 : 1),
                    1 + rows(field, definition) * below.exactCost);
        }

        private long rows(Field field, GraphQLFieldDefinition definition) {
            GraphQLArgument first = definition.getArgument("first");
            if (first == null) {
                return 1;
            }
            Object asked =
                    field.getArguments().stream()
                            .filter(argument -> argument.getName().equals("first"))
                            .findFirst()
                            .map(this::value)
                            .orElseGet(() -> standard(first));
            return asked instanceof Number number ? Math.max(1, number.longValue()) : 1;
        }

        private @Nullable Object value(Argument argument) {
            return switch (argument.getValue()) {
                case IntValue number -> number.getValue();
                case VariableReference variable ->
                        query.getCoercedVariables().get(variable.getName());
                default -> null;
            };
        }

        private static @Nullable Object standard(GraphQLArgument argument) {
            InputValueWithState standard = argument.getArgumentDefaultValue();
            return standard.getValue() instanceof IntValue number
                    ? number.getValue()
                    : standard.getValue();
        }

        private GraphQLCompositeType type(
                @Nullable TypeName condition, GraphQLCompositeType parent) {
            return condition == null
                    ? parent
                    : (GraphQLCompositeType)
                            Objects.requireNonNull(
                                    query.getGraphQLSchema().getType(condition.getName()));
        }
    }
}
