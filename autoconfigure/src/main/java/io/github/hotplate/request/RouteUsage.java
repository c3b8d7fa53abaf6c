package io.github.hotplate.request;

import org.jspecify.annotations.Nullable;

/**
 * What the requests of one route have done to Redis.
 *
 * @param route the method and the pattern, {@code GET /cart/{id}}
 * @param handler what handles the requests, {@code CartController.show}
 * @param requests the number of requests
 * @param meanCommands the mean number of commands of a request
 * @param mostCommands the greatest number of commands of a request
 * @param repeatedReads the number of reads, by all requests, of keys that the same
 * request had read before
 * @param meanMillis the mean time that a request spent on commands, in milliseconds
 * @param remedy what the request with the most commands should have done instead, or
 * {@code null} if nothing is known
 * @since 0.1.0
 */
public record RouteUsage(String route, String handler, long requests, double meanCommands, long mostCommands,
		long repeatedReads, double meanMillis, @Nullable String remedy) {

}
