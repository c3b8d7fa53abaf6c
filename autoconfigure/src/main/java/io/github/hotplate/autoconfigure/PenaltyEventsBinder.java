package io.github.hotplate.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;

import io.github.hotplate.cluster.ClusterPool;

/**
 * Publishes what befalls the shards of all clients as application events.
 */
final class PenaltyEventsBinder implements SmartInitializingSingleton {

	private final ObjectProvider<ClusterPool> pools;

	private final ApplicationEventPublisher publisher;

	PenaltyEventsBinder(ObjectProvider<ClusterPool> pools, ApplicationEventPublisher publisher) {
		this.pools = pools;
		this.publisher = publisher;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.pools.forEach((pool) -> pool.onPenalty(this.publisher::publishEvent));
	}

}
