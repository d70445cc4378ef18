package dev.phoenix.server;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.springframework.transaction.annotation.Propagation;

/** The map of packages and the house rules. */
@AnalyzeClasses(packages = "dev.phoenix", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String SERVER = "dev.phoenix.server";
    private static final String TABLES = SERVER + ".db.jooq";

    /**
     * Who may name a table, by the class generated for it. The writer of telemetry, ingest, and the
     * language that asks for all of it, filter, may name them all.
     */
    private static final Map<String, String> OWNERS =
            Map.ofEntries(
                    entry("KeyBlocks", "db"),
                    entry("Projects", "project"),
                    entry("ProjectRollups", "project"),
                    entry("ProjectSessions", "session"),
                    entry("Traces", "trace"),
                    entry("Spans", "trace"),
                    entry("SpanPayloads", "trace"),
                    entry("Resources", "trace"),
                    entry("Scopes", "trace"),
                    entry("GenerativeModels", "cost"),
                    entry("TokenPrices", "cost"),
                    entry("PriceRevision", "cost"),
                    entry("SpanCosts", "cost"),
                    entry("CostRecomputations", "cost"),
                    entry("Rejections", "ingest"),
                    entry("PendingLogEvents", "ingest"),
                    entry("Rederivations", "ingest"),
                    entry("SpanAnnotations", "annotation"),
                    entry("TraceAnnotations", "annotation"),
                    entry("ProjectSessionAnnotations", "annotation"),
                    entry("DocumentAnnotations", "annotation"),
                    entry("PendingAnnotations", "annotation"),
                    entry("Users", "auth"),
                    entry("RefreshTokens", "auth"),
                    entry("AccessTokens", "auth"),
                    entry("PasswordResetTokens", "auth"),
                    entry("ApiKeys", "auth"),
                    entry("AnnotationConfigs", "annotation"),
                    entry("ProjectAnnotationConfigs", "annotation"),
                    entry("ProjectTraceRetentionPolicies", "retention"),
                    entry("ProjectTraceRetention", "retention"),
                    entry("TraceJobs", "ingest"),
                    entry("TraceJobMembers", "ingest"),
                    entry("AuditLog", "audit"),
                    entry("Secrets", "secret"),
                    entry("SystemSettings", "assistant"));

    @ArchTest
    static final ArchRule settings_knowNobody =
            noClasses()
                    .that()
                    .resideInAPackage(SERVER + ".settings..")
                    .should()
                    .dependOnClassesThat(serverPackagesOtherThan("settings"));

    @ArchTest
    static final ArchRule db_knowsNoFeature =
            noClasses()
                    .that()
                    .resideInAPackage(SERVER + ".db..")
                    .should()
                    .dependOnClassesThat(serverPackagesOtherThan("db", "settings"));

    @ArchTest
    static final ArchRule background_knowsNobody =
            noClasses()
                    .that()
                    .resideInAPackage(SERVER + ".background..")
                    .should()
                    .dependOnClassesThat(serverPackagesOtherThan("background"));

    @ArchTest
    static final ArchRule api_knowsNoFeature =
            noClasses()
                    .that()
                    .resideInAPackage(SERVER + ".api..")
                    .should()
                    .dependOnClassesThat(serverPackagesOtherThan("api", "db", "settings"))
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobody_knowsTheProgram =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(SERVER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(SERVER);

    @ArchTest
    static final ArchRule features_formNoCycles =
            slices().matching(SERVER + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule tables_areTouchedByTheirFeatureOnly =
            classes()
                    .that()
                    .resideInAPackage(SERVER + "..")
                    .and()
                    .resideOutsideOfPackages(
                            TABLES + "..", SERVER + ".ingest..", SERVER + ".filter..")
                    .should(nameOnlyTablesOfTheirOwn());

    @ArchTest
    static final ArchRule libraries_areFreeOfSpring =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(SERVER + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.springframework..");

    /** With one SQLite writer a second transaction inside the first would wait for itself. */
    @ArchTest
    static final ArchRule transactions_areNotNested =
            noClasses().should().accessField(Propagation.class, Propagation.REQUIRES_NEW.name());

    @ArchTest
    static final ArchRule time_isInjected =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(SERVER)
                    .should()
                    .accessTargetWhere(readsTheClock());

    @ArchTest
    static final ArchRule output_isLogged =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(SERVER)
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err");

    @ArchTest
    static void packages_areNullMarked(JavaClasses classes) {
        Set<String> unmarked =
                classes.stream()
                        .map(JavaClass::getPackage)
                        .filter(candidate -> !candidate.getName().startsWith(TABLES))
                        .filter(candidate -> !candidate.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .collect(toSet());
        if (!unmarked.isEmpty()) {
            throw new AssertionError(
                    "package-info.java with @NullMarked is missing in " + unmarked);
        }
    }

    private static DescribedPredicate<JavaClass> serverPackagesOtherThan(String... allowed) {
        return DescribedPredicate.describe(
                "belong to another package of the server",
                target ->
                        target.getPackageName().startsWith(SERVER)
                                && !Set.of(allowed).contains(feature(target)));
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        Set<String> readings =
                Set.of("now", "currentTimeMillis", "system", "systemUTC", "systemDefaultZone");
        return DescribedPredicate.describe(
                "read the clock of the machine",
                access -> {
                    boolean fixed =
                            access.getTarget() instanceof CodeUnitAccessTarget call
                                    && !call.getRawParameterTypes().isEmpty();
                    String owner = access.getTargetOwner().getName();
                    return readings.contains(access.getTarget().getName())
                            && (owner.startsWith("java.time.") || owner.equals("java.lang.System"))
                            && !fixed;
                });
    }

    private static ArchCondition<JavaClass> nameOnlyTablesOfTheirOwn() {
        return new ArchCondition<>("name only tables of their own feature") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                user.getDirectDependenciesFromSelf().stream()
                        .filter(
                                dependency ->
                                        dependency
                                                .getTargetClass()
                                                .getPackageName()
                                                .equals(TABLES + ".tables"))
                        .filter(
                                dependency ->
                                        !feature(user)
                                                .equals(
                                                        OWNERS.get(
                                                                dependency
                                                                        .getTargetClass()
                                                                        .getSimpleName())))
                        .forEach(
                                dependency ->
                                        events.add(violated(user, dependency.getDescription())));
            }
        };
    }

    /** {@code trace} for {@code dev.phoenix.server.trace.anything}. */
    private static String feature(JavaClass type) {
        String below =
                type.getPackageName()
                        .substring(Math.min(SERVER.length() + 1, type.getPackageName().length()));
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }
}
