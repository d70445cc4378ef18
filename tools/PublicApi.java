import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassSignature;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodSignature;
import java.lang.classfile.Signature;
import java.lang.classfile.Signature.TypeArg;
import java.lang.classfile.attribute.ConstantValueAttribute;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the public API of a library with the file that is committed for it, so that a change of
 * the API shows in the diff.
 *
 * <p>{@code java tools/PublicApi.java CLASSES API_TXT [true]} fails when they differ, or writes the
 * file when the last argument is true.
 */
final class PublicApi {

    private static final Set<String> OBJECT_METHODS = Set.of("equals", "hashCode", "toString");

    private final Map<String, ClassModel> classes = new TreeMap<>();

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        String found = new PublicApi(Path.of(arguments[0])).describe();
        if (arguments.length > 2 && Boolean.parseBoolean(arguments[2])) {
            Files.writeString(file, found);
        } else if (!Files.exists(file) || !Files.readString(file).equals(found)) {
            difference(file, found).forEach(System.err::println);
            System.err.println(
                    "The public API differs from " + file + ". If that is intended, refresh it with:");
            System.err.println(
                    "  ./mvnw -q test -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false"
                            + " -Dapi.write=true -am -pl "
                            + file.toAbsolutePath().normalize().getParent().getFileName());
            System.exit(1);
        }
    }

    private static Stream<String> difference(Path file, String found) throws IOException {
        Set<String> before =
                Files.exists(file) ? new TreeSet<>(Files.readAllLines(file)) : Set.of();
        Set<String> now = new TreeSet<>(found.lines().toList());
        return Stream.concat(
                before.stream().filter(line -> !now.contains(line)).map(line -> "- " + line),
                now.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line));
    }

    private PublicApi(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(name -> name.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(path);
                classes.put(model.thisClass().asInternalName(), model);
            }
        }
    }

    private String describe() {
        return classes.values().stream()
                .filter(this::isPublic)
                .map(PublicApi::describe)
                .collect(Collectors.joining("\n"));
    }

    /** A nested class is only reachable if those around it are; its own flags are with the outer. */
    private boolean isPublic(ClassModel model) {
        String name = model.thisClass().asInternalName();
        return !name.endsWith("package-info")
                && name.chars().filter(c -> c == '$').count() == publicNestings(model)
                && classes.get(outermost(name)).flags().has(AccessFlag.PUBLIC);
    }

    private static long publicNestings(ClassModel model) {
        String name = model.thisClass().asInternalName();
        return innerClasses(model)
                .filter(inner -> inner.innerClass().asInternalName().equals(name)
                        || name.startsWith(inner.innerClass().asInternalName() + "$"))
                .filter(inner -> inner.has(AccessFlag.PUBLIC) && inner.outerClass().isPresent())
                .count();
    }

    private static Stream<InnerClassInfo> innerClasses(ClassModel model) {
        return model.findAttribute(Attributes.innerClasses()).stream()
                .flatMap(attribute -> attribute.classes().stream());
    }

    private static String outermost(String name) {
        return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
    }

    private static String describe(ClassModel model) {
        List<String> members = new ArrayList<>();
        model.fields().stream().filter(PublicApi::isVisible).map(PublicApi::field).forEach(members::add);
        model.methods().stream()
                .filter(PublicApi::isVisible)
                .filter(method -> !OBJECT_METHODS.contains(method.methodName().stringValue()))
                .map(method -> method(model, method))
                .forEach(members::add);
        members.sort(null);
        return header(model)
                + "\n"
                + members.stream().map(member -> "    " + member + "\n").collect(Collectors.joining());
    }

    private static String header(ClassModel model) {
        Set<AccessFlag> flags =
                innerClasses(model)
                        .filter(inner -> inner.innerClass().equals(model.thisClass()))
                        .findFirst()
                        .map(InnerClassInfo::flags)
                        .orElse(model.flags().flags());
        ClassSignature signature =
                model.findAttribute(Attributes.signature())
                        .map(attribute -> attribute.asClassSignature())
                        .orElseGet(() -> plain(model));
        List<String> parents = new ArrayList<>();
        parents.add(type(signature.superclassSignature()));
        signature.superinterfaceSignatures().forEach(parent -> parents.add(type(parent)));
        parents.removeIf(Set.of("java.lang.Object", "java.lang.Record")::contains);
        return modifiers(flags)
                + kind(model, flags)
                + model.thisClass().asInternalName().replace('/', '.')
                + typeParameters(signature.typeParameters())
                + (parents.isEmpty() ? "" : " : " + String.join(", ", parents));
    }

    private static ClassSignature plain(ClassModel model) {
        return ClassSignature.of(
                (Signature.ClassTypeSig) Signature.of(model.superclass().orElseThrow().asSymbol()),
                model.interfaces().stream()
                        .map(parent -> (Signature.ClassTypeSig) Signature.of(parent.asSymbol()))
                        .toArray(Signature.ClassTypeSig[]::new));
    }

    private static String kind(ClassModel model, Set<AccessFlag> flags) {
        if (flags.contains(AccessFlag.INTERFACE)) {
            return "interface ";
        }
        if (flags.contains(AccessFlag.ENUM)) {
            return "enum ";
        }
        return model.findAttribute(Attributes.record()).isPresent() ? "record " : "class ";
    }

    private static String field(FieldModel field) {
        String type =
                field.findAttribute(Attributes.signature())
                        .map(attribute -> type(attribute.asTypeSignature()))
                        .orElseGet(() -> type(field.fieldTypeSymbol()));
        String constant =
                field.findAttribute(Attributes.constantValue())
                        .map(ConstantValueAttribute::constant)
                        .map(value -> " = " + value.constantValue())
                        .orElse("");
        return modifiers(field.flags().flags())
                + type
                + " "
                + field.fieldName().stringValue()
                + constant;
    }

    private static String method(ClassModel owner, MethodModel method) {
        MethodSignature signature =
                method.findAttribute(Attributes.signature())
                        .map(attribute -> attribute.asMethodSignature())
                        .orElseGet(() -> MethodSignature.of(method.methodTypeSymbol()));
        String name = method.methodName().stringValue();
        String simple = owner.thisClass().asInternalName().replaceAll(".*[/$]", "");
        String result = name.equals("<init>") ? simple : type(signature.result()) + " " + name;
        String thrown =
                signature.throwableSignatures().isEmpty()
                        ? method.findAttribute(Attributes.exceptions()).stream()
                                .flatMap(attribute -> attribute.exceptions().stream())
                                .map(entry -> type(entry.asSymbol()))
                                .collect(Collectors.joining(", "))
                        : signature.throwableSignatures().stream()
                                .map(PublicApi::type)
                                .collect(Collectors.joining(", "));
        return modifiers(method.flags().flags())
                + spaced(typeParameters(signature.typeParameters()))
                + result
                + signature.arguments().stream()
                        .map(PublicApi::type)
                        .collect(Collectors.joining(", ", "(", ")"))
                + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static boolean isVisible(FieldModel field) {
        return field.flags().has(AccessFlag.PUBLIC) || field.flags().has(AccessFlag.PROTECTED);
    }

    private static boolean isVisible(MethodModel method) {
        return (method.flags().has(AccessFlag.PUBLIC) || method.flags().has(AccessFlag.PROTECTED))
                && !method.flags().has(AccessFlag.SYNTHETIC);
    }

    private static String modifiers(Set<AccessFlag> flags) {
        return Stream.of(
                        AccessFlag.PUBLIC,
                        AccessFlag.PROTECTED,
                        AccessFlag.STATIC,
                        AccessFlag.ABSTRACT,
                        AccessFlag.FINAL)
                .filter(flags::contains)
                .map(flag -> flag.name().toLowerCase(java.util.Locale.ROOT) + " ")
                .collect(Collectors.joining());
    }

    private static String typeParameters(List<Signature.TypeParam> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.stream()
                        .map(PublicApi::typeParameter)
                        .collect(Collectors.joining(", ", "<", ">"));
    }

    private static String typeParameter(Signature.TypeParam parameter) {
        String bounds =
                Stream.concat(
                                parameter.classBound().stream(),
                                parameter.interfaceBounds().stream())
                        .map(PublicApi::type)
                        .filter(bound -> !bound.equals("java.lang.Object"))
                        .collect(Collectors.joining(" & "));
        return parameter.identifier() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String type(ClassDesc type) {
        return type(Signature.of(type));
    }

    private static String type(Signature signature) {
        return switch (signature) {
            case Signature.BaseTypeSig base ->
                    ClassDesc.ofDescriptor(String.valueOf(base.baseType())).displayName();
            case Signature.TypeVarSig variable -> variable.identifier();
            case Signature.ArrayTypeSig array -> type(array.componentSignature()) + "[]";
            case Signature.ClassTypeSig named -> named(named);
        };
    }

    private static String named(Signature.ClassTypeSig named) {
        String outer = named.outerType().map(type -> type(type) + "$").orElse("");
        String arguments =
                named.typeArgs().isEmpty()
                        ? ""
                        : named.typeArgs().stream()
                                .map(PublicApi::argument)
                                .collect(Collectors.joining(", ", "<", ">"));
        return outer + named.className().replace('/', '.') + arguments;
    }

    private static String argument(TypeArg argument) {
        return switch (argument) {
            case TypeArg.Unbounded _ -> "?";
            case TypeArg.Bounded bounded ->
                    switch (bounded.wildcardIndicator()) {
                        case NONE -> type(bounded.boundType());
                        case EXTENDS -> "? extends " + type(bounded.boundType());
                        case SUPER -> "? super " + type(bounded.boundType());
                    };
        };
    }

    private static String spaced(String text) {
        return text.isEmpty() ? "" : text + " ";
    }
}
