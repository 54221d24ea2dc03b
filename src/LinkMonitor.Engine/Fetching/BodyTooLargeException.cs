namespace LinkMonitor.Engine.Fetching;

/// <summary>A body passed its limit, on the wire or after any step of decompression.</summary>
internal sealed class BodyTooLargeException : IOException;
