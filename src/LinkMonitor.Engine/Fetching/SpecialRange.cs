using System.Net;

namespace LinkMonitor.Engine.Fetching;

/// <summary>A row of <see cref="SpecialRanges"/>.</summary>
/// <param name="Name">Completes "192.0.2.1 is ...".</param>
/// <param name="Source">The document that reserves the range.</param>
/// <param name="Reason">A sentence without its full stop: why nothing there is fetched.</param>
internal sealed record SpecialRange(IPNetwork Network, string Name, string Source, string Reason);
