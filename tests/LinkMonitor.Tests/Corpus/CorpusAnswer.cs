namespace LinkMonitor.Tests.Corpus;

/// <summary>One HTTP answer of a case.</summary>
/// <param name="Url">The whole URL it answers for.</param>
/// <param name="CutAfter">When set, the connection breaks after the body, though this many bytes more were announced.</param>
internal sealed record CorpusAnswer(
    string Url, int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, string Body, int? CutAfter);
