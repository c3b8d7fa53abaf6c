package io.github.hotplate.actuate;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.request.RouteUsage;

/**
 * What the endpoint {@code redisclients} shows of all clients.
 *
 * @param clients a report for each client, by its name
 * @param routes the routes whose requests send the most commands, the worst first;
 * {@code null} in an application without them
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientsReport(Map<String, ClientReport> clients, @Nullable List<RouteUsage> routes) {

}
