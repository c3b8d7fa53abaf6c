package io.github.hotplate.config;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * What one property source holds under a name: one value, or a list of them.
 *
 * @param elements the values as they are written, at least one
 * @param list whether they are a list
 */
record RawProperty(List<ConfigurationProperty> elements, boolean list) {

	static @Nullable RawProperty find(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty single = source.getConfigurationProperty(name);
		if (single != null) {
			return new RawProperty(List.of(single), false);
		}
		List<ConfigurationProperty> elements = new ArrayList<>();
		ConfigurationProperty element = source.getConfigurationProperty(name.append("[0]"));
		while (element != null) {
			elements.add(element);
			element = source.getConfigurationProperty(name.append("[" + elements.size() + "]"));
		}
		return elements.isEmpty() ? null : new RawProperty(elements, true);
	}

	static boolean isElement(ConfigurationPropertyName name) {
		return name.isLastElementIndexed() && name.getLastElement(Form.UNIFORM).chars().allMatch(Character::isDigit);
	}

	@Nullable PropertySource<?> propertySource() {
		ConfigurationPropertySource source = this.elements.get(0).getSource();
		return (source != null && source.getUnderlyingSource() instanceof PropertySource<?> underlying) ? underlying
				: null;
	}

	String origin() {
		return String.valueOf(this.elements.get(0).getOrigin());
	}

}
