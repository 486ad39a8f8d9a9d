package org.nettyglib.benchmarks.server;

import org.gnome.gdk.FrameClock;
import org.gnome.gio.ApplicationFlags;
import org.gnome.gtk.Application;
import org.gnome.gtk.ApplicationWindow;
import org.gnome.gtk.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * A GTK 4 application with one window, in which a bar grows and shrinks: layout and redraw at the display's rate. Everything here is
 * for the thread that calls {@link #run()}.
 */
final class AnimatedWindow implements UiHost {

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final double MICROS_PER_TURN = 2e6;

    private final FrameLog frames;
    private final Application application = new Application("org.nettyglib.benchmarks", ApplicationFlags.NON_UNIQUE);
    private @Nullable ProgressBar bar;
    private boolean animated;

    /**
     * @param frames gets to know of each frame when it has been painted
     */
    AnimatedWindow(FrameLog frames) {
        this.frames = frames;
        application.onActivate(this::open);
    }

    @Override
    public void run() {
        application.run(new String[0]);
    }

    private void open() {
        ProgressBar content = new ProgressBar();
        ApplicationWindow window = new ApplicationWindow(application);
        window.setTitle("script/bench ui");
        window.setDefaultSize(WIDTH, HEIGHT);
        window.setChild(content);
        window.present();
        FrameClock clock = content.getFrameClock();
        if (clock == null) {
            throw new IllegalStateException("a window without a frame clock");
        }
        clock.onAfterPaint(() -> frames.add(System.nanoTime()));
        bar = content;
    }

    /** Starts or stops the animation. A window in which nothing moves paints nothing. */
    @Override
    public void animate(boolean on) {
        ProgressBar content = bar;
        if (content == null) {
            throw new IllegalStateException("the window is not open yet");
        }
        if (on && !animated) {
            content.addTickCallback((widget, clock) -> {
                content.setFraction(Math.abs(Math.sin(clock.getFrameTime() / MICROS_PER_TURN * Math.PI)));
                return animated;
            });
        }
        animated = on;
    }

    @Override
    public void close() {
        application.quit();
    }
}
