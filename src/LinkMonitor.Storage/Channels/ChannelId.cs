namespace LinkMonitor.Storage.Channels;

/// <summary>A channel's identity: <c>chn_</c> and 26 base-32 characters, from its project, kind and address.</summary>
public readonly record struct ChannelId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
