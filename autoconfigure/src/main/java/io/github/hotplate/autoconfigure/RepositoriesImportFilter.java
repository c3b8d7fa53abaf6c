package io.github.hotplate.autoconfigure;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

import io.github.hotplate.config.ClientDeclarations;

/**
 * Excludes Boot's auto-configuration of Redis repositories if there are several clients
 * and none is primary. Repositories need a bean {@code redisTemplate}, which Boot makes
 * for a single or primary client only, so the application would not start. An application
 * with such a bean turns repositories on with Boot's own key.
 */
final class RepositoriesImportFilter implements AutoConfigurationImportFilter, EnvironmentAware {

	private static final String REPOSITORIES = "org.springframework.boot.data.redis.autoconfigure.DataRedisRepositoriesAutoConfiguration";

	private static final String ENABLED = "spring.data.redis.repositories.enabled";

	private Environment environment = new StandardEnvironment();

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public boolean[] match(@Nullable String[] autoConfigurationClasses, AutoConfigurationMetadata metadata) {
		List<@Nullable String> classes = Arrays.asList(autoConfigurationClasses);
		boolean exclude = classes.contains(REPOSITORIES) && classes.contains(HotplateAutoConfiguration.class.getName())
				&& !this.environment.containsProperty(ENABLED) && isAmbiguous(ClientDeclarations.of(this.environment));
		boolean[] matches = new boolean[autoConfigurationClasses.length];
		for (int i = 0; i < matches.length; i++) {
			matches[i] = !(exclude && REPOSITORIES.equals(autoConfigurationClasses[i]));
		}
		return matches;
	}

	private static boolean isAmbiguous(ClientDeclarations declarations) {
		return declarations.names().size() > 1 && declarations.primary() == null;
	}

}
