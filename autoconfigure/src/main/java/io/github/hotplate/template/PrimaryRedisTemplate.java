package io.github.hotplate.template;

import jakarta.annotation.Priority;
import org.springframework.core.Ordered;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.hotplate.activity.ClientActivity;

/**
 * The template that is injected where neither a name nor a qualifier decides. A bean that
 * is marked as primary would also be injected where a name does:
 * {@code RedisTemplate redisTemplate} would be a client's template, whose serializers
 * differ.
 *
 * @since 0.1.0
 */
@Priority(Ordered.LOWEST_PRECEDENCE)
public class PrimaryRedisTemplate extends MonitoredRedisTemplate {

	PrimaryRedisTemplate(RedisConnectionFactory connectionFactory, ClientActivity activity) {
		super(connectionFactory, activity);
	}

}
