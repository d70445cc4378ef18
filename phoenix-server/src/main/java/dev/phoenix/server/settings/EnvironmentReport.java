package dev.phoenix.server.settings;

import dev.phoenix.server.settings.Variable.Availability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code PHOENIX_*} variables of an environment that this server does not obey, by reason.
 *
 * @param unknown nobody's: probably a typing mistake
 * @param later obeyed by a later version
 * @param ignored without meaning here
 */
public record EnvironmentReport(List<String> unknown, List<String> later, List<String> ignored) {

    /** What Kubernetes sets for a Service whose name starts with "phoenix". */
    private static final Pattern SERVICE_LINK =
            Pattern.compile(
                    "PHOENIX(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern SERVICE_LINK_VALUE = Pattern.compile("\\s*(tcp|udp|sctp)://.*");

    public static EnvironmentReport of(Map<String, String> environment) {
        List<String> names =
                environment.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith("PHOENIX_"))
                        .filter(entry -> !entry.getValue().isBlank())
                        .filter(entry -> !isServiceLink(entry.getKey(), entry.getValue()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
        return new EnvironmentReport(
                names.stream().filter(name -> availability(name).isEmpty()).toList(),
                with(names, Availability.LATER),
                with(names, Availability.IGNORED));
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches()
                || (name.endsWith("_PORT") && SERVICE_LINK_VALUE.matcher(value).matches());
    }

    private static List<String> with(List<String> names, Availability wanted) {
        return names.stream()
                .filter(name -> availability(name).filter(wanted::equals).isPresent())
                .toList();
    }

    private static Optional<Availability> availability(String name) {
        return Variables.find(name).map(Variable::availability);
    }
}
