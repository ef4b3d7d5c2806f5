//! A task behind the screen, and how to end it.

use std::pin::Pin;
use std::sync::Arc;

use tokio::sync::Notify;
use tokio::task::JoinHandle;

pub(super) struct Running {
    stop: Arc<Notify>,
    task: JoinHandle<()>,
}

impl Running {
    /// `work` is given a future that completes when it should stop.
    pub(super) fn start<W>(work: impl FnOnce(Stopped) -> W) -> Self
    where
        W: Future<Output = ()> + Send + 'static,
    {
        let stop = Arc::new(Notify::new());
        let told = stop.clone();
        let stopped: Stopped = Box::pin(async move { told.notified().await });
        Running { stop, task: tokio::spawn(work(stopped)) }
    }

    /// Lets the task finish what it has begun.
    pub(super) async fn stop(self) {
        self.stop.notify_one();
        let _ = self.task.await;
    }
}

pub(super) type Stopped = Pin<Box<dyn Future<Output = ()> + Send>>;
