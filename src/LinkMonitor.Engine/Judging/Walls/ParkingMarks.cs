using static LinkMonitor.Engine.Judging.Walls.WallKind;
using static LinkMonitor.Engine.Judging.Walls.WallPlace;
using static LinkMonitor.Engine.Judging.Walls.WallSources;

namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>Signs of a domain that is for sale, only shows advertisements, or was closed by its hosting company.</summary>
internal static class ParkingMarks
{
    public static IReadOnlyList<WallMark> All { get; } =
    [
        new(Parking, Host, "hugedomains.com", "HugeDomains", Reported),
        new(Parking, Host, "sedoparking.com", "Sedo", ParkingHosts),
        new(Parking, Host, "sedo.com", "Sedo", ParkingHosts),
        new(Parking, Host, "dan.com", "Dan.com", ParkingHosts),
        new(Parking, Host, "afternic.com", "Afternic", ParkingHosts),
        new(Parking, Host, "parkingcrew.net", "ParkingCrew", ParkingHosts),
        new(Parking, Host, "bodis.com", "Bodis", ParkingHosts),
        new(Parking, Host, "above.com", "Above.com", ParkingHosts),
        new(Parking, Host, "parklogic.com", "ParkLogic", ParkingHosts),
        new(Parking, Host, "undeveloped.com", "Undeveloped", Reported),
        new(Parking, Host, "buydomains.com", "BuyDomains", Reported),
        new(Parking, Host, "atom.com", "Atom", Unconfirmed),
        new(Parking, Body, "sedoparking.com", "Sedo", ParkingHosts),
        new(Parking, Body, "parkingcrew.net", "ParkingCrew", ParkingHosts),
        new(Parking, Body, "parking.bodiscdn.com", "Bodis", Reported),
        new(Parking, Body, "img1.wsimg.com/parking-lander", "GoDaddy", Reported),
        new(Parking, Body, "window.location.href=\"/lander\"", "GoDaddy", Reported),
        new(Parking, Body, "window.LANDER_SYSTEM", "GoDaddy", Reported),
        new(Parking, Body, "parklogic.com", "ParkLogic", ParkingHosts),
        new(Parking, Body, "www.google.com/adsense/domains/caf.js", "Google AdSense for Domains", Reported),
        new(Parking, Body, "d38psrni17bvxu.cloudfront.net", "ParkingCrew", Reported),
        new(Parking, Body, "data-adblockkey=", "a parking company", Reported),
        new(Parking, AfterHostInTitle, "is for sale", "a domain dealer", Reported),
        new(Parking, InTitle, "domain is for sale", "a domain dealer", Reported),
        new(Parking, InTitle, "domain name is for sale", "a domain dealer", Reported),
        new(Parking, InTitle, "domain may be for sale", "a domain dealer", Reported),
        new(Parking, InTitle, "this domain is parked", "the registrar", Unconfirmed),
        new(Parking, InTitle, "parked domain", "the registrar", Reported),
        new(Parking, InTitle, "domain parked", "the registrar", Reported),
        new(Parking, InTitle, "domain steht zum verkauf", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "domain ist geparkt", "the registrar", Unconfirmed),
        new(Parking, InTitle, "domaine est à vendre", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "dominio está en venta", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "domeinnaam is te koop", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "domena jest na sprzedaż", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "dominio in vendita", "a domain dealer", Unconfirmed),
        new(Parking, InTitle, "domain has expired", "the registrar", Reported),

        new(Parking, RedirectPath, "/cgi-sys/suspendedpage.cgi", "the hosting company, which closed the site", Reported),
    ];
}
