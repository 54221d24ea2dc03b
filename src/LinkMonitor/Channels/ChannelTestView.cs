namespace LinkMonitor.Channels;

/// <summary>What came of a test message.</summary>
/// <param name="Result"><c>accepted</c>, <c>retry</c> (an alert would be tried again), <c>refused</c> or <c>unusable</c>.</param>
/// <param name="Message">One sentence in our own words.</param>
/// <param name="Status">The HTTP status of the other side; null for e-mail and when it gave none.</param>
public sealed record ChannelTestView(string Result, string Message, int? Status);
