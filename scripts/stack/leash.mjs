// Loaded into the app before its own code: it ends when the launcher is gone, even by kill -9, and frees the port.
process.once('disconnect', () => process.exit(1));
