/**
 * A chat with a GTK 4 window, a WebSocket server and a WebSocket client, all in one thread: the one that runs {@code Application.run}.
 *
 * <p>{@link org.nettyglib.examples.chat.Chat} is the command, {@code ChatApplication} attaches Netty to GTK's main context and puts the
 * parts together: the {@code Room} and its {@code RoomServer}, the {@code Guest} and the {@code ChatWindow}. All of it runs on that
 * thread, so nothing here has a lock, and a handler of Netty's calls a widget as it would call anything else.
 */
@NullMarked
package org.nettyglib.examples.chat;

import org.jspecify.annotations.NullMarked;
