/**
 * What an application injects: the template of a client, one for each request.
 */
@NullMarked
package io.github.hotplate.template;

import org.jspecify.annotations.NullMarked;
