using LinkMonitor.Storage.Alerts;

namespace LinkMonitor.Alerts.Composing.Matters;

/// <summary>Something that whoever runs the installation must know.</summary>
public abstract record NoticeMatter : AlertMatter
{
    private protected NoticeMatter()
    {
    }

    public sealed override AlertKind Kind => AlertKind.Notice;

    /// <summary>IANA name of the zone that times are written in; UTC by default.</summary>
    public string TimeZone { get; init; } = "UTC";
}
