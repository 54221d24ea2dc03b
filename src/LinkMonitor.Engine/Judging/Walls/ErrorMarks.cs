using static LinkMonitor.Engine.Judging.Walls.WallKind;
using static LinkMonitor.Engine.Judging.Walls.WallPlace;
using static LinkMonitor.Engine.Judging.Walls.WallSources;

namespace LinkMonitor.Engine.Judging.Walls;

/// <summary>
/// Signs of an error, of a site under repair, or of a server without a site, that come with a success status. They name what stands there;
/// that it is not the page is decided by how it is built.
/// </summary>
internal static class ErrorMarks
{
    private const string WordPress = "https://developer.wordpress.org/reference/functions/dead_db/";
    private const string WordPressMaintenance = "https://developer.wordpress.org/reference/functions/wp_maintenance/";
    private const string Nginx = "https://github.com/nginx/nginx/tree/master/docs/html";
    private const string Apache = "https://github.com/apache/httpd/tree/trunk/docs/docroot";

    public static IReadOnlyList<WallMark> All { get; } =
    [
        new(Error, Title, "Database Error", "WordPress", WordPress) { IsProof = false },
        new(Error, Title, "Runtime Error", "ASP.NET", Reported) { IsProof = false },
        new(Error, TitleStart, "500 Internal Server Error", "the server", Reported) { IsProof = false },
        new(Error, TitleStart, "502 Bad Gateway", "the server", Nginx) { IsProof = false },
        new(Error, TitleStart, "503 Service", "the server", Nginx) { IsProof = false },
        new(Error, TitleStart, "504 Gateway", "the server", Nginx) { IsProof = false },
        new(Error, Title, "Internal Server Error", "the server", Reported) { IsProof = false },
        new(Error, Title, "Service Unavailable", "the server", Reported) { IsProof = false },
        new(Error, Title, "Application Error", "Heroku", Reported) { IsProof = false },
        new(Error, Body, "Guru Meditation", "Varnish", "https://varnish-cache.org/docs/") { IsProof = false },

        new(Error, Title, "Welcome to nginx!", "nginx without a site", Nginx) { IsProof = false },
        new(Error, InTitle, "Apache2 Ubuntu Default Page", "Apache without a site", Reported) { IsProof = false },
        new(Error, InTitle, "Apache2 Debian Default Page", "Apache without a site", Reported) { IsProof = false },
        new(Error, Title, "Test Page for the Apache HTTP Server", "Apache without a site", Apache) { IsProof = false },
        new(Error, Title, "It works!", "Apache without a site", Apache) { IsProof = false },
        new(Error, Title, "IIS Windows Server", "IIS without a site", Reported) { IsProof = false },
        new(Error, Title, "Default Web Site Page", "cPanel without a site", Reported) { IsProof = false },
        new(Error, InTitle, "Plesk", "Plesk without a site", Unconfirmed) { IsProof = false },

        new(Maintenance, Body, "Briefly unavailable for scheduled maintenance.", "WordPress", WordPressMaintenance) { IsProof = false },
        new(Maintenance, Title, "Maintenance", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Maintenance mode", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Site Maintenance", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Under construction", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Coming soon", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Wartungsarbeiten", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "Wartungsmodus", "the site", Reported) { IsProof = false },
        new(Maintenance, Title, "En maintenance", "the site", Unconfirmed) { IsProof = false },
        new(Maintenance, Title, "En mantenimiento", "the site", Unconfirmed) { IsProof = false },
        new(Maintenance, Title, "Sito in manutenzione", "the site", Unconfirmed) { IsProof = false },
    ];
}

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
