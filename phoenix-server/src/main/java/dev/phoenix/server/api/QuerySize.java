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
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How deep, how aliased and how costly a query is. */
record QuerySize(int depth, long aliases, double exactCost) {

    private static final QuerySize NOTHING = new QuerySize(0, 0, 0);

    static QuerySize of(ExecutionContext query) {
        return new Measure(query).operation();
    }

    long cost() {
        return (long) exactCost;
    }

    private QuerySize beside(QuerySize other) {
        return new QuerySize(
                Math.max(depth, other.depth), aliases + other.aliases, exactCost + other.exactCost);
    }

    /**
     * Measures each fragment once: wherever it is spread would take exponential time for fragments
     * that spread fragments.
     */
    private static final class Measure {

        private final ExecutionContext query;
        private final GraphQLSchema schema;
        private final Map<String, QuerySize> fragments = new HashMap<>();

        Measure(ExecutionContext query) {
            this.query = query;
            this.schema = query.getGraphQLSchema();
        }

        QuerySize operation() {
            var operation = query.getOperationDefinition();
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
                QuerySize size =
                        switch (selection) {
                            case Field field -> field(field, parent);
                            case InlineFragment fragment -> fragment(fragment, parent);
                            case FragmentSpread spread -> fragment(spread.getName());
                            default -> throw new IllegalStateException(selection.toString());
                        };
                total = total.beside(size);
            }
            return total;
        }

        private QuerySize field(Field field, GraphQLCompositeType parent) {
            GraphQLFieldDefinition definition =
                    Introspection.getFieldDef(schema, parent, field.getName());
            SelectionSet selected = field.getSelectionSet();
            QuerySize below =
                    selected == null
                            ? NOTHING
                            : selections(
                                    selected,
                                    (GraphQLCompositeType)
                                            GraphQLTypeUtil.unwrapAll(definition.getType()));
            return new QuerySize(
                    below.depth + 1,
                    below.aliases + (field.getAlias() == null ? 0 : 1),
                    1 + rows(field, definition) * below.exactCost);
        }

        private QuerySize fragment(InlineFragment fragment, GraphQLCompositeType parent) {
            TypeName condition = fragment.getTypeCondition();
            return selections(
                    fragment.getSelectionSet(), condition == null ? parent : type(condition));
        }

        /** Its aliases count once, too, wherever it is spread. */
        private QuerySize fragment(String name) {
            QuerySize known = fragments.get(name);
            if (known != null) {
                return known;
            }
            FragmentDefinition fragment = Objects.requireNonNull(query.getFragment(name));
            QuerySize size =
                    selections(fragment.getSelectionSet(), type(fragment.getTypeCondition()));
            fragments.put(name, new QuerySize(size.depth, 0, size.exactCost));
            return size;
        }

        /** How many rows a list may have; what is no list has one. */
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
                            .orElseGet(() -> GraphQLArgument.getArgumentDefaultValue(first));
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

        private GraphQLCompositeType type(TypeName name) {
            return (GraphQLCompositeType) Objects.requireNonNull(schema.getType(name.getName()));
        }
    }
}
