using Azure.Core;

namespace LinkMonitor.Storage.Tables;

/// <summary>
/// Retries (<see cref="ClientOptions.Retry"/>: 3 by default, from 0.8 s, doubling), transport, diagnostics and added policies of a client.
/// </summary>
public sealed class TableClientOptions : ClientOptions
{
    /// <summary>Signs and dates requests; not the clock of the retries, which is Azure.Core's.</summary>
    internal TimeProvider Clock { get; set; } = TimeProvider.System;
}
