package io.github.hotplate.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

import io.github.hotplate.config.ClientConfig.SampleRates;

/**
 * The endpoint {@code hotkeys} over HTTP: answers 404 for clients that do not exist.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = HotKeysEndpoint.class)
public final class HotKeysWebExtension {

	private static final int UNSUPPORTED_MEDIA_TYPE = 415;

	private final HotKeysEndpoint endpoint;

	/**
	 * Create the extension.
	 * @param endpoint the endpoint
	 */
	public HotKeysWebExtension(HotKeysEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Change the sample rates of one client.
	 * @param client the name of the client
	 * @param reads the rate for reads, from 0 to 1; unchanged where missing
	 * @param writes the rate for writes, from 0 to 1; unchanged where missing
	 * @return the rates that hold now, or status 404
	 */
	@WriteOperation
	public WebEndpointResponse<SampleRates> changeSampleRates(@Selector String client, @Nullable Double reads,
			@Nullable Double writes) {
		return UnknownClient
			.orNotFound(this.endpoint.knows(client) ? this.endpoint.changeSampleRates(client, reads, writes) : null);
	}

	/**
	 * Refuse a request that has no JSON. Boot would do so before anybody has looked for
	 * the client.
	 * @param client the name of the client
	 * @return status 415 or 404
	 */
	@WriteOperation
	public WebEndpointResponse<Void> refuse(@Selector String client) {
		return this.endpoint.knows(client) ? new WebEndpointResponse<>(UNSUPPORTED_MEDIA_TYPE)
				: UnknownClient.orNotFound(false);
	}

	/**
	 * Forget what was counted of one client in this process.
	 * @param client the name of the client
	 * @return status 204 or 404
	 */
	@DeleteOperation(produces = { UnknownClient.ACTUATOR_JSON, UnknownClient.JSON })
	public WebEndpointResponse<Void> resetClient(@Selector String client) {
		boolean known = this.endpoint.knows(client);
		if (known) {
			this.endpoint.resetClient(client);
		}
		return UnknownClient.orNotFound(known);
	}

}
