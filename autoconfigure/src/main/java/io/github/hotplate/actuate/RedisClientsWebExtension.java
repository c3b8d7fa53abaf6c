package io.github.hotplate.actuate;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint {@code redisclients} over HTTP: answers 404 for clients that do not exist,
 * and shows secrets only to authorized users.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = RedisClientsEndpoint.class)
public final class RedisClientsWebExtension {

	private final RedisClientsEndpoint endpoint;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create the extension.
	 * @param endpoint the endpoint
	 * @param showValues whether to show secrets
	 * @param roles the roles that may see them if authorization decides; any if empty
	 */
	public RedisClientsWebExtension(RedisClientsEndpoint endpoint, Show showValues, Set<String> roles) {
		this.endpoint = endpoint;
		this.showValues = showValues;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * Show all clients.
	 * @param security the user of the request
	 * @return their reports, and the routes that use them most
	 */
	@ReadOperation
	public ClientsReport clients(SecurityContext security) {
		return this.endpoint.clients(showsValues(security));
	}

	/**
	 * Show one client.
	 * @param security the user of the request
	 * @param client the name of the client
	 * @return its report, or status 404
	 */
	@ReadOperation
	public WebEndpointResponse<ClientReport> client(SecurityContext security, @Selector String client) {
		return UnknownClient.orNotFound(this.endpoint.find(client, showsValues(security)));
	}

	/**
	 * Have one client learn its topology again, and wait for that for 2 seconds at most.
	 * There is nothing to authorize with, so the report has secrets only if everybody may
	 * see them.
	 * @param client the name of the client
	 * @return its report afterwards, or status 404
	 */
	@WriteOperation
	public WebEndpointResponse<ClientReport> refresh(@Selector String client) {
		// With another parameter, Boot would insist on a body.
		return UnknownClient.orNotFound(this.endpoint.refresh(client, this.showValues.isShown(false)));
	}

	/**
	 * Have the figures of one client count from zero.
	 * @param client the name of the client
	 * @return status 204 or 404
	 */
	@DeleteOperation(produces = { UnknownClient.ACTUATOR_JSON, UnknownClient.JSON })
	public WebEndpointResponse<Void> resetClient(@Selector String client) {
		return UnknownClient.orNotFound(this.endpoint.tryReset(client));
	}

	private boolean showsValues(SecurityContext security) {
		return this.showValues.isShown(security, this.roles);
	}

}
