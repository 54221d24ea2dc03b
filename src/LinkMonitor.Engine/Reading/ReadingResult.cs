namespace LinkMonitor.Engine.Reading;

/// <summary>What came of reading a page: exactly one of the two.</summary>
/// <param name="GivenUp">Why the page costs more than <see cref="ReadingLimits"/> allow, as the end of a sentence that begins with the page.</param>
public sealed record ReadingResult(PageReading? Reading, string? GivenUp);
