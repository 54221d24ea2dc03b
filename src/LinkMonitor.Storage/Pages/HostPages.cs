using LinkMonitor.Engine.Robots;
using LinkMonitor.Storage.Hosts;

namespace LinkMonitor.Storage.Pages;

/// <summary>A host's state and the first of its pages, read together.</summary>
/// <param name="State">Null when nobody is at the host.</param>
/// <param name="First">The pages that come first, due or not: the urgent ones, then the longest overdue.</param>
/// <param name="Robots">What is known of its robots.txt files.</param>
public sealed record HostPages(HostState? State, IReadOnlyList<DuePage> First, IReadOnlyList<RobotsRecord> Robots);
